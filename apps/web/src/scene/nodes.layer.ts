import { CustomBlending, GLSL3, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, OneFactor, OneMinusSrcAlphaFactor, PlaneGeometry, ShaderMaterial } from 'three';
import type { BufferGeometry, IUniform, Scene } from 'three';
import { PALETTE } from '../model/palette.js';
import type { WorldNode } from '../model/world.js';
import { BODY_FRAGMENT, BODY_VERTEX, RING_FRAGMENT, RING_VERTEX } from './node-glsl.js';
import { NODE_SHAPES, RING_RADIUS } from './node-shapes.js';
import type { NodeTable } from './node-table.js';
import { rgb } from './rgb.js';

type Kind = WorldNode['kind'];
type Drawn = Mesh<InstancedBufferGeometry, ShaderMaterial>;

/** Node bodies, one draw call a kind, and their rings, one for all. */
export class NodesLayer {
  private readonly bodies: ReadonlyMap<Kind, Drawn>;
  private readonly rings: Drawn;
  private readonly uTable: IUniform = { value: null };

  constructor(
    private readonly scene: Scene,
    uNow: IUniform<number>,
  ) {
    const uniforms = { uNodes: this.uTable, uNow, uFault: { value: rgb(PALETTE.fault) } };
    const body = new ShaderMaterial({ glslVersion: GLSL3, vertexShader: BODY_VERTEX, fragmentShader: BODY_FRAGMENT, uniforms });
    const kinds = Object.keys(NODE_SHAPES) as Kind[];
    this.bodies = new Map(kinds.map((kind) => [kind, this.add(instanced(NODE_SHAPES[kind]()), body, 2)]));
    this.rings = this.add(instanced(flatQuad()), ringMaterial(uniforms), 1);
  }

  update(nodes: Iterable<WorldNode>, table: NodeTable): void {
    this.uTable.value = table.texture;
    const all = [...nodes];
    for (const [kind, mesh] of this.bodies) setRows(mesh, all.filter((node) => node.kind === kind), table);
    setRows(this.rings, all, table);
  }

  dispose(): void {
    for (const mesh of [...this.bodies.values(), this.rings]) {
      this.scene.remove(mesh);
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
  }

  private add(geometry: InstancedBufferGeometry, material: ShaderMaterial, order: number): Drawn {
    const mesh = new Mesh(geometry, material);
    mesh.frustumCulled = false;
    mesh.renderOrder = order;
    this.scene.add(mesh);
    return mesh;
  }
}

function ringMaterial(uniforms: Record<string, IUniform>): ShaderMaterial {
  return new ShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: RING_VERTEX,
    fragmentShader: RING_FRAGMENT,
    uniforms,
    transparent: true,
    depthWrite: false,
    blending: CustomBlending,
    blendSrc: OneFactor,
    blendDst: OneMinusSrcAlphaFactor,
  });
}

function flatQuad(): BufferGeometry {
  const quad = new PlaneGeometry(2, 2);
  quad.rotateX(-Math.PI / 2);
  return quad;
}

function instanced(base: BufferGeometry): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setIndex(base.index);
  geometry.setAttribute('position', base.getAttribute('position'));
  geometry.setAttribute('normal', base.getAttribute('normal'));
  geometry.instanceCount = 0;
  return geometry;
}

/** Per instance: (row of the table, radius of the ring). */
function setRows(mesh: Drawn, nodes: readonly WorldNode[], table: NodeTable): void {
  const values = nodes.flatMap((node) => [table.rowOf(node.id) ?? 0, RING_RADIUS[node.kind]]);
  const before = mesh.geometry.getAttribute('aNode');
  if (before === undefined || before.array.length < values.length) {
    // A buffer's size is fixed once it is on the GPU: a larger one replaces the whole attribute, with room to grow.
    mesh.geometry.dispose();
    mesh.geometry.setAttribute('aNode', new InstancedBufferAttribute(new Float32Array(Math.max(64, values.length * 2)), 2));
  }
  const attribute = mesh.geometry.getAttribute('aNode');
  attribute.array.set(values);
  attribute.needsUpdate = true;
  mesh.geometry.instanceCount = nodes.length;
}
