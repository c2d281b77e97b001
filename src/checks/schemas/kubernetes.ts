// written by scripts/kubernetes-fields.ts out of the OpenAPI document of Kubernetes
import { Schemas } from './notation';

export const KUBERNETES: Schemas = {
  version: 'Kubernetes 1.37',
  parts: [
    '{activeDeadlineSeconds:i,affinity:{nodeAffinity:{preferredDuringSchedulingIgnoredDuringExecution:[{preference!:@13;,weight!:i}],required' +
    'DuringSchedulingIgnoredDuringExecution:{nodeSelectorTerms!:[@13;]}},podAffinity:@9;,podAntiAffinity:@9;},automountServiceAccountToken:b,' +
    'containers!:[@2;],dnsConfig:{nameservers:[s],options:[{name:s,value:s}],searches:[s]},dnsPolicy:s,enableServiceLinks:b,ephemeralContaine' +
    'rs:[{args:[s],command:[s],env:[@11;],envFrom:[@25;],image:s,imagePullPolicy:s,lifecycle:{postStart:@7;,preStop:@7;,stopSignal:s},livenes' +
    'sProbe:@4;,name!:s,ports:[@34;],readinessProbe:@4;,resizePolicy:[{resourceName!:s,restartPolicy!:s}],resources:@18;,restartPolicy:s,rest' +
    'artPolicyRules:[@37;],securityContext:@8;,startupProbe:@4;,stdin:b,stdinOnce:b,targetContainerName:s,terminationMessagePath:s,terminatio' +
    'nMessagePolicy:s,tty:b,volumeDevices:[{devicePath!:s,name!:s}],volumeMounts:[@15;],workingDir:s}],evictionResponders:[{name!:s,priority!' +
    ':i}],hostAliases:[{hostnames:[s],ip!:s}],hostIPC:b,hostNetwork:b,hostPID:b,hostUsers:b,hostname:s,hostnameOverride:s,imagePullSecrets:[{' +
    'name:s}],initContainers:[@2;],nodeName:s,nodeSelector:<*>,os:{name!:s},overhead:<*>,preemptionPolicy:s,priority:i,priorityClassName:s,re' +
    'adinessGates:[{conditionType!:s}],resourceClaims:[@33;],resources:@18;,restartPolicy:s,runtimeClassName:s,schedulerName:s,schedulingGate' +
    's:[{name!:s}],schedulingGroup:{podGroupName:s},securityContext:{appArmorProfile:{localhostProfile:s,type!:s},fsGroup:i,fsGroupChangePoli' +
    'cy:s,runAsGroup:i,runAsNonRoot:b,runAsUser:i,seLinuxChangePolicy:s,seLinuxOptions:{level:s,role:s,type:s,user:s},seccompProfile:{localho' +
    'stProfile:s,type!:s},supplementalGroups:[i],supplementalGroupsPolicy:s,sysctls:[{name!:s,value!:s}],windowsOptions:@23;},serviceAccount:' +
    's,serviceAccountName:s,setHostnameAsFQDN:b,shareProcessNamespace:b,subdomain:s,terminationGracePeriodSeconds:i,tolerations:[{effect:s,ke' +
    'y:s,operator:s,tolerationSeconds:i,value:s}],topologySpreadConstraints:[{labelSelector:@3;,matchLabelKeys:[s],maxSkew!:i,minDomains:i,no' +
    'deAffinityPolicy:s,nodeTaintsPolicy:s,topologyKey!:s,whenUnsatisfiable!:s}],volumes:[{awsElasticBlockStore:@38;,azureDisk:@28;,azureFile' +
    ':{readOnly:b,secretName!:s,shareName!:s},cephfs:{monitors!:[s],path:s,readOnly:b,secretFile:s,secretRef:{name:s},user:s},cinder:{fsType:' +
    's,readOnly:b,secretRef:{name:s},volumeID!:s},configMap:{defaultMode:i,defaultUser:i,items:[{key!:s,mode:i,path!:s,user:i}],name:s,option' +
    'al:b},csi:{driver!:s,fsType:s,nodePublishSecretRef:{name:s},readOnly:b,volumeAttributes:<*>},downwardAPI:{defaultMode:i,defaultUser:i,it' +
    'ems:[@16;]},emptyDir:{medium:s,mode:i,sizeLimit:*},ephemeral:{volumeClaimTemplate:{metadata:@1;,spec!:@6;}},fc:@35;,flexVolume:{driver!:' +
    's,fsType:s,options:<*>,readOnly:b,secretRef:{name:s}},flocker:{datasetName:s,datasetUUID:s},gcePersistentDisk:@40;,gitRepo:{directory:s,' +
    'repository!:s,revision:s},glusterfs:{endpoints!:s,path!:s,readOnly:b},hostPath:{path!:s,type:s},image:{pullPolicy:s,reference:s},iscsi:{' +
    'chapAuthDiscovery:b,chapAuthSession:b,fsType:s,initiatorName:s,iqn!:s,iscsiInterface:s,lun!:i,portals:[s],readOnly:b,secretRef:{name:s},' +
    'targetPortal!:s},name!:s,nfs:{path!:s,readOnly:b,server!:s},persistentVolumeClaim:{claimName!:s,readOnly:b},photonPersistentDisk:{fsType' +
    ':s,pdID!:s},portworxVolume:{fsType:s,readOnly:b,volumeID!:s},projected:{defaultMode:i,defaultUser:i,sources:[{clusterTrustBundle:{labelS' +
    'elector:@3;,name:s,optional:b,path!:s,signerName:s,user:i},configMap:@32;,downwardAPI:{items:[@16;]},podCertificate:{certificateChainPat' +
    'h:s,credentialBundlePath:s,keyPath:s,keyType!:s,maxExpirationSeconds:i,signerName!:s,user:i,userAnnotations:<*>},secret:@32;,serviceAcco' +
    'untToken:{audience:s,expirationSeconds:i,path!:s,user:i}}]},quobyte:@31;,rbd:{fsType:s,image!:s,keyring:s,monitors!:[s],pool:s,readOnly:' +
    'b,secretRef:{name:s},user:s},scaleIO:{fsType:s,gateway!:s,protectionDomain:s,readOnly:b,secretRef!:{name:s},sslEnabled:b,storageMode:s,s' +
    'toragePool:s,system!:s,volumeName:s},secret:{defaultMode:i,defaultUser:i,items:[{key!:s,mode:i,path!:s,user:i}],optional:b,secretName:s}' +
    ',storageos:{fsType:s,readOnly:b,secretRef:{name:s},volumeName:s,volumeNamespace:s},vsphereVolume:@30;}]}',
    '{annotations:<*>,creationTimestamp:*,deletionGracePeriodSeconds:i,deletionTimestamp:*,finalizers:[s],generateName:s,generation:i,labels:' +
    '<*>,managedFields:*,name:s,namespace:s,ownerReferences:*,resourceVersion:s,selfLink:s,uid:s}',
    '{args:*,command:*,env:[@11;],envFrom:[@25;],image:s,imagePullPolicy:s,lifecycle:{postStart:@7;,preStop:@7;,stopSignal:s},livenessProbe:@' +
    '4;,name!:s,ports:[@34;],readinessProbe:@4;,resizePolicy:[{resourceName!:s,restartPolicy!:s}],resources:@18;,restartPolicy:s,restartPolic' +
    'yRules:[@37;],securityContext:@8;,startupProbe:@4;,stdin:b,stdinOnce:b,terminationMessagePath:s,terminationMessagePolicy:s,tty:b,volumeD' +
    'evices:[{devicePath!:s,name!:s}],volumeMounts:[@15;],workingDir:s}',
    '{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchLabels:<*>}',
    '{exec:{command:[s]},failureThreshold:i,grpc:{mode:s,port!:i,service:s},httpGet:@24;,initialDelaySeconds:i,periodSeconds:i,successThresho' +
    'ld:i,tcpSocket:{host:s,port!:*},terminationGracePeriodSeconds:i,timeoutSeconds:i}',
    '{activeDeadlineSeconds:i,backoffLimit:i,backoffLimitPerIndex:i,completionMode:s,completions:i,managedBy:s,manualSelector:b,maxFailedInde' +
    'xes:i,parallelism:i,podFailurePolicy:{rules!:[{action!:s,onExitCodes:{containerName:s,operator!:s,values!:[i]},onPodConditions:[{status:' +
    '*,type!:s}]}]},podReplacementPolicy:s,scheduling:{disruptionMode:{all:*,single:*},resourceClaims:[@33;],schedulingConstraints:{topology:' +
    '[{key!:s}]},schedulingPolicy:{basic:*,gang:{minCount:i}}},selector:@3;,successPolicy:{rules!:[{succeededCount:i,succeededIndexes:s}]},su' +
    'spend:b,template!:{metadata:@1;,spec:@0;},ttlSecondsAfterFinished:i}',
    '{accessModes:[s],dataSource:{apiGroup:s,kind!:s,name!:s},dataSourceRef:{apiGroup:s,kind!:s,name!:s,namespace:s},resources:{limits:<*>,re' +
    'quests:<*>},selector:@3;,storageClassName:s,volumeAttributesClassName:s,volumeMode:s,volumeName:s}',
    '{exec:{command:[s]},httpGet:@24;,sleep:{seconds!:i},tcpSocket:{host:s,port!:*}}',
    '{allowPrivilegeEscalation:b,appArmorProfile:{localhostProfile:s,type!:s},capabilities:{add:[s],drop:[s]},privileged:b,procMount:s,readOn' +
    'lyRootFilesystem:b,runAsGroup:i,runAsNonRoot:b,runAsUser:i,seLinuxOptions:{level:s,role:s,type:s,user:s},seccompProfile:{localhostProfil' +
    'e:s,type!:s},windowsOptions:@23;}',
    '{preferredDuringSchedulingIgnoredDuringExecution:[{podAffinityTerm!:@17;,weight!:i}],requiredDuringSchedulingIgnoredDuringExecution:[@17' +
    ';]}',
    '{excludeResourceRules:[@20;],matchPolicy:s,namespaceSelector:@3;,objectSelector:@3;,resourceRules:[@20;]}',
    '{name!:s,value:*,valueFrom:{configMapKeyRef:{key!:s,name:s,optional:b},fieldRef:{apiVersion:s,fieldPath!:s},fileKeyRef:{key!:s,optional:' +
    'b,path!:s,volumeName!:s},resourceFieldRef:{containerName:s,divisor:*,resource!:s},secretKeyRef:{key!:s,name:s,optional:b}}}',
    '{averageUtilization:i,averageValue:*,type!:s,value:*}',
    '{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchFields:[{key!:s,operator!:s,values:[s]}]}',
    '{apiVersion:s,fieldPath:s,kind:s,name:s,namespace:s,resourceVersion:s,uid:s}',
    '{bindMountOptions:[s],mountPath!:s,mountPropagation:s,name!:s,readOnly:b,recursiveReadOnly:s,subPath:s,subPathExpr:s}',
    '{fieldRef:{apiVersion:s,fieldPath!:s},mode:i,path!:s,resourceFieldRef:{containerName:s,divisor:*,resource!:s},user:i}',
    '{labelSelector:@3;,matchLabelKeys:[s],mismatchLabelKeys:[s],namespaceSelector:@3;,namespaces:[s],topologyKey!:s}',
    '{claims:[{name!:s,request:s}],limits:<*>,requests:<*>}',
    '{policies:[{periodSeconds!:i,type!:s,value!:i}],selectPolicy:s,stabilizationWindowSeconds:i,tolerance:*}',
    '{apiGroups:[s],apiVersions:[s],operations:[s],resourceNames:[s],resources:[s],scope:s}',
    '{resource:{apiGroup:s,kind!:s,name!:s},service:{name!:s,port:{name:s,number:i}}}',
    '{apiGroups:[s],nonResourceURLs:[s],resourceNames:[s],resources:[s],verbs!:[s]}',
    '{gmsaCredentialSpec:s,gmsaCredentialSpecName:s,hostProcess:b,runAsUserName:s}',
    '{host:s,httpHeaders:[{name!:s,value!:s}],path:s,port!:*,protocol:s,scheme:s}',
    '{configMapRef:{name:s,optional:b},prefix:s,secretRef:{name:s,optional:b}}',
    '{ipBlock:{cidr!:s,except:[s]},namespaceSelector:@3;,podSelector:@3;}',
    '{apiGroups:[s],apiVersions:[s],operations:[s],resources:[s],scope:s}',
    '{cachingMode:s,diskName!:s,diskURI!:s,fsType:s,kind:s,readOnly:b}',
    '{caBundle:s,service:{name!:s,namespace!:s,path:s,port:i},url:s}',
    '{fsType:s,storagePolicyID:s,storagePolicyName:s,volumePath!:s}',
    '{group:s,readOnly:b,registry!:s,tenant:s,user:s,volume!:s}',
    '{items:[{key!:s,mode:i,path!:s,user:i}],name:s,optional:b}',
    '{name!:s,resourceClaimName:s,resourceClaimTemplateName:s}',
    '{containerPort!:i,hostIP:s,hostPort:i,name:s,protocol:s}',
    '{fsType:s,lun:i,readOnly:b,targetWWNs:[s],wwids:[s]}',
    '{rollingUpdate:{maxSurge:*,maxUnavailable:*},type:s}',
    '{action!:s,exitCodes:{operator!:s,values:[i]}}',
    '{fsType:s,partition:i,readOnly:b,volumeID!:s}',
    '{metric!:{name!:s,selector:@3;},target!:@12;}',
    '{fsType:s,partition:i,pdName!:s,readOnly:b}',
  ],
  kinds: {
    'v1/Pod':
    '{apiVersion:s,kind:s,metadata:@1;,spec:@0;,status:*}',
    'v1/Service':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{allocateLoadBalancerNodePorts:b,clusterIP:s,clusterIPs:[s],externalIPs:[s],externalName:s,extern' +
    'alTrafficPolicy:s,healthCheckNodePort:i,internalTrafficPolicy:s,ipFamilies:[s],ipFamilyPolicy:s,loadBalancerClass:s,loadBalancerIP:s,loa' +
    'dBalancerSourceRanges:[s],ports:[{appProtocol:s,name:s,nodePort:i,port!:i,protocol:s,targetPort:*}],publishNotReadyAddresses:b,selector:' +
    '<*>,sessionAffinity:s,sessionAffinityConfig:{clientIP:{timeoutSeconds:i}},trafficDistribution:s,type:s},status:*}',
    'v1/ServiceAccount':
    '{apiVersion:s,automountServiceAccountToken:b,imagePullSecrets:[{name:s}],kind:s,metadata:@1;,secrets:[@14;]}',
    'v1/ConfigMap':
    '{apiVersion:s,binaryData:<*>,data:<*>,immutable:b,kind:s,metadata:@1;}',
    'v1/Secret':
    '{apiVersion:s,data:<*>,immutable:b,kind:s,metadata:@1;,stringData:<*>,type:s}',
    'v1/Namespace':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{finalizers:[s]},status:*}',
    'v1/PersistentVolume':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{accessModes:[s],awsElasticBlockStore:@38;,azureDisk:@28;,azureFile:{readOnly:b,secretName!:s,sec' +
    'retNamespace:s,shareName!:s},capacity:<*>,cephfs:{monitors!:[s],path:s,readOnly:b,secretFile:s,secretRef:{name:s,namespace:s},user:s},ci' +
    'nder:{fsType:s,readOnly:b,secretRef:{name:s,namespace:s},volumeID!:s},claimRef:@14;,csi:{controllerExpandSecretRef:{name:s,namespace:s},' +
    'controllerPublishSecretRef:{name:s,namespace:s},driver!:s,fsType:s,nodeExpandSecretRef:{name:s,namespace:s},nodePublishSecretRef:{name:s' +
    ',namespace:s},nodeStageSecretRef:{name:s,namespace:s},readOnly:b,volumeAttributes:<*>,volumeHandle!:s},fc:@35;,flexVolume:{driver!:s,fsT' +
    'ype:s,options:<*>,readOnly:b,secretRef:{name:s,namespace:s}},flocker:{datasetName:s,datasetUUID:s},gcePersistentDisk:@40;,glusterfs:{end' +
    'points!:s,endpointsNamespace:s,path!:s,readOnly:b},hostPath:{path!:s,type:s},iscsi:{chapAuthDiscovery:b,chapAuthSession:b,fsType:s,initi' +
    'atorName:s,iqn!:s,iscsiInterface:s,lun!:i,portals:[s],readOnly:b,secretRef:{name:s,namespace:s},targetPortal!:s},local:{fsType:s,path!:s' +
    '},mountOptions:[s],nfs:{path!:s,readOnly:b,server!:s},nodeAffinity:{required:{nodeSelectorTerms!:[@13;]}},persistentVolumeReclaimPolicy:' +
    's,photonPersistentDisk:{fsType:s,pdID!:s},portworxVolume:{fsType:s,readOnly:b,volumeID!:s},quobyte:@31;,rbd:{fsType:s,image!:s,keyring:s' +
    ',monitors!:[s],pool:s,readOnly:b,secretRef:{name:s,namespace:s},user:s},scaleIO:{fsType:s,gateway!:s,protectionDomain:s,readOnly:b,secre' +
    'tRef!:{name:s,namespace:s},sslEnabled:b,storageMode:s,storagePool:s,system!:s,volumeName:s},storageClassName:s,storageos:{fsType:s,readO' +
    'nly:b,secretRef:@14;,volumeName:s,volumeNamespace:s},volumeAttributesClassName:s,volumeMode:s,vsphereVolume:@30;},status:*}',
    'v1/PersistentVolumeClaim':
    '{apiVersion:s,kind:s,metadata:@1;,spec:@6;,status:*}',
    'v1/LimitRange':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{limits!:[{default:<*>,defaultRequest:<*>,max:<*>,maxLimitRequestRatio:<*>,min:<*>,type!:s}]}}',
    'v1/ResourceQuota':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{hard:<*>,scopeSelector:{matchExpressions:[{operator!:s,scopeName!:s,values:[s]}]},scopes:[s]},st' +
    'atus:*}',
    'apps/v1/Deployment':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{minReadySeconds:i,paused:b,progressDeadlineSeconds:i,replicas:i,revisionHistoryLimit:i,selector' +
    '!:@3;,strategy:@36;,template!:{metadata:@1;,spec:@0;}},status:*}',
    'apps/v1/StatefulSet':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{minReadySeconds:i,ordinals:{start:i},persistentVolumeClaimRetentionPolicy:{whenDeleted:s,whenSc' +
    'aled:s},podManagementPolicy:s,replicas:i,revisionHistoryLimit:i,selector!:@3;,serviceName:s,template!:{metadata:@1;,spec:@0;},updateStra' +
    'tegy:{rollingUpdate:{maxUnavailable:*,partition:i},type:s},volumeClaimTemplates:[{apiVersion:s,kind:s,metadata:@1;,spec:@6;,status:*}]},' +
    'status:*}',
    'apps/v1/DaemonSet':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{minReadySeconds:i,revisionHistoryLimit:i,selector!:@3;,template!:{metadata:@1;,spec:@0;},update' +
    'Strategy:@36;},status:*}',
    'apps/v1/ReplicaSet':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{minReadySeconds:i,replicas:i,selector!:@3;,template:{metadata:@1;,spec:@0;}},status:*}',
    'batch/v1/Job':
    '{apiVersion:s,kind:s,metadata:@1;,spec:@5;,status:*}',
    'batch/v1/CronJob':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{concurrencyPolicy:s,failedJobsHistoryLimit:i,jobTemplate!:{metadata:@1;,spec:@5;},schedule!:s,s' +
    'tartingDeadlineSeconds:i,successfulJobsHistoryLimit:i,suspend:b,timeZone:s},status:*}',
    'networking.k8s.io/v1/NetworkPolicy':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{egress:[{ports:[{endPort:i,port:*,protocol:s}],to:[@26;]}],ingress:[{from:[@26;],ports:[{endPort' +
    ':i,port:*,protocol:s}]}],podSelector:@3;,policyTypes:[s]}}',
    'networking.k8s.io/v1/Ingress':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{defaultBackend:@21;,ingressClassName:s,rules:[{host:s,http:{paths!:[{backend!:@21;,path:s,pathTy' +
    'pe!:s}]}}],tls:[{hosts:[s],secretName:s}]},status:*}',
    'networking.k8s.io/v1/IngressClass':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{controller:s,parameters:{apiGroup:s,kind!:s,name!:s,namespace:s,scope:s}}}',
    'rbac.authorization.k8s.io/v1/Role':
    '{apiVersion:s,kind:s,metadata:@1;,rules:[@22;]}',
    'rbac.authorization.k8s.io/v1/ClusterRole':
    '{aggregationRule:{clusterRoleSelectors:[@3;]},apiVersion:s,kind:s,metadata:@1;,rules:[@22;]}',
    'rbac.authorization.k8s.io/v1/RoleBinding':
    '{apiVersion:s,kind:s,metadata:@1;,roleRef!:{apiGroup:s,kind!:s,name!:s},subjects:[{apiGroup:s,kind!:s,name!:s,namespace:s}]}',
    'rbac.authorization.k8s.io/v1/ClusterRoleBinding':
    '{apiVersion:s,kind:s,metadata:@1;,roleRef!:{apiGroup:s,kind!:s,name!:s},subjects:[{apiGroup:s,kind!:s,name!:s,namespace:s}]}',
    'storage.k8s.io/v1/CSIDriver':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{attachRequired:b,fsGroupPolicy:s,nodeAllocatableUpdatePeriodSeconds:i,podInfoOnMount:b,preventP' +
    'odSchedulingIfMissing:b,requiresRepublish:b,seLinuxMount:b,serviceAccountTokenInSecrets:b,storageCapacity:b,tokenRequests:[{audience!:s,' +
    'expirationSeconds:i}],volumeLifecycleModes:[s]}}',
    'storage.k8s.io/v1/StorageClass':
    '{allowVolumeExpansion:b,allowedTopologies:[{matchLabelExpressions:[{key!:s,values!:[s]}]}],apiVersion:s,kind:s,metadata:@1;,mountOptions' +
    ':[s],parameters:<*>,provisioner!:s,reclaimPolicy:s,volumeBindingMode:s}',
    'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration':
    '{apiVersion:s,kind:s,metadata:@1;,webhooks:[{admissionReviewVersions!:[s],clientConfig!:@29;,failurePolicy:s,matchConditions:[{expressio' +
    'n!:s,name!:s}],matchPolicy:s,name!:s,namespaceSelector:@3;,objectSelector:@3;,rules:[@27;],sideEffects!:s,timeoutSeconds:i}]}',
    'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration':
    '{apiVersion:s,kind:s,metadata:@1;,webhooks:[{admissionReviewVersions!:[s],clientConfig!:@29;,failurePolicy:s,matchConditions:[{expressio' +
    'n!:s,name!:s}],matchPolicy:s,name!:s,namespaceSelector:@3;,objectSelector:@3;,reinvocationPolicy:s,rules:[@27;],sideEffects!:s,timeoutSe' +
    'conds:i}]}',
    'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{auditAnnotations:[{key!:s,valueExpression!:s}],failurePolicy:s,matchConditions:[{expression!:s,n' +
    'ame!:s}],matchConstraints:@10;,paramKind:{apiVersion:s,kind:s},validations:[{expression!:s,message:s,messageExpression:s,reason:s}],vari' +
    'ables:[{expression!:s,name!:s}]},status:*}',
    'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{matchResources:@10;,paramRef:{name:s,namespace:s,parameterNotFoundAction:s,selector:@3;},policy' +
    'Name!:s,validationActions!:[s]}}',
    'policy/v1/PodDisruptionBudget':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{maxUnavailable:*,minAvailable:*,selector:@3;,unhealthyPodEvictionPolicy:s},status:*}',
    'autoscaling/v2/HorizontalPodAutoscaler':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{behavior:{scaleDown:@19;,scaleUp:@19;},maxReplicas!:i,metrics:[{containerResource:{container!:s' +
    ',name!:s,target!:@12;},external:@39;,object:{describedObject!:{apiVersion:s,kind!:s,name!:s},metric!:{name!:s,selector:@3;},target!:@12;' +
    '},pods:@39;,resource:{name!:s,target!:@12;},type!:s}],minReplicas:i,scaleTargetRef!:{apiVersion:s,kind!:s,name!:s}},status:*}',
    'scheduling.k8s.io/v1/PriorityClass':
    '{apiVersion:s,description:s,globalDefault:b,kind:s,metadata:@1;,preemptionPolicy:s,value:i}',
  },
};
