import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('region')
export class RegionEntity {
  @PrimaryColumn('text') name!: string;
  @Column('text') city!: string;
  @Column('double precision', { name: 'latitude_deg' }) latitudeDeg!: number;
  @Column('double precision', { name: 'longitude_deg' }) longitudeDeg!: number;
}
